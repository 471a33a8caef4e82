import { Fragment } from 'react';
import { isUserId } from '../parts/user-filter.tsx';
import { UserLink } from '../parts/user-link.tsx';
import type { Part } from './event-parts.ts';

/** Shows text about an event line by line. Users are links to their pages. */
export const PartsText = ({ lines }: { lines: readonly (readonly Part[])[] }) =>
  lines.length === 1 && lines[0] ? (
    <Line parts={lines[0]} />
  ) : (
    lines.map((parts, index) => (
      <div key={index}>
        <Line parts={parts} />
      </div>
    ))
  );

const Line = ({ parts }: { parts: readonly Part[] }) =>
  parts.map((part, index) => (
    <Fragment key={index}>
      {typeof part === 'string' ? part : isUserId(part.id) ? <UserLink {...part} /> : part.name}
    </Fragment>
  ));
