import { Fragment } from 'react';
import { shownAddress } from '../../../../shared/shown-address.ts';

/** An email address that breaks before the `@` and after dots where there is little room, and elsewhere only if that is not enough. */
export const Address = ({ email }: { email: string }) => (
  <span className="breakable">
    {shownAddress(email)
      .split(/(?=@)|(?<=\.)/)
      .map((part, index) => (
        <Fragment key={`${index} ${part}`}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
  </span>
);
