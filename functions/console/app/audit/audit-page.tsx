import { Loading, NoPermission } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { AuditTable } from './audit-table.tsx';

const AuditPage = () => {
  const { ready, whyNot } = useRights();
  if (!ready) return <Loading />;
  const refused = whyNot('read_audit_log');
  return refused === undefined ? <AuditTable /> : <NoPermission why={refused} />;
};

export default AuditPage;
