import { Fragment } from 'react';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { partTexts } from './texts.ts';

/** An email address, or that the organization hides it. A narrow column breaks it before the `@` or after a dot, and elsewhere only if a part is still too long. */
export const Address = ({ email }: { email: string }) => (
  <span className="breakable">
    {(email === '' ? partTexts.hidden : shownAddress(email)).split(/(?=@)|(?<=\.)/).map((part, index) => (
      <Fragment key={`${index} ${part}`}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </span>
);
