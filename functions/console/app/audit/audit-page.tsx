export { AuditTable as default } from './audit-table.tsx';
