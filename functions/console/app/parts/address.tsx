import { shownAddress } from '../../../../shared/shown-address.ts';

/** An email address that may break before the `@` where there is little room, and anywhere if that is not enough. */
export const Address = ({ email }: { email: string }) => {
  const shown = shownAddress(email);
  const at = shown.lastIndexOf('@');
  return (
    <span className="breakable">
      {shown.slice(0, at)}
      <wbr />
      {shown.slice(at)}
    </span>
  );
};
