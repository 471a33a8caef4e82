import { Loading, NoPermission } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { AuditTable } from './audit-table.tsx';

const AuditPage = () => {
  const { ready, may, why } = useRights();
  if (!ready) return <Loading />;
  return may('read_audit_log') ? <AuditTable /> : <NoPermission why={why('read_audit_log')} />;
};

export default AuditPage;
