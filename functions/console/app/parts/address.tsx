import { Fragment } from 'react';
import { shownAddress } from '../../../../shared/shown-address.ts';

/** An email address. A narrow column breaks it before the `@` or after a dot, and elsewhere only if a part is still too long. */
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
