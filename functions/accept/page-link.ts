import { parseToken } from '../../shared/invites/token.ts';

/**
 * The token in a link as people have it: cut into lines, in brackets, with words around, rewritten by a mail gateway.
 * Undefined when it is not whole.
 */
export const tokenIn = (text: string): string | undefined =>
  [text, text.replace(/\s+/g, '')]
    .flatMap((reading) => reading.replace(/%(25)*23/g, '#').split(/[^\w.-]+/))
    .map((piece) => piece.replace(/\.+$/, ''))
    .find((piece) => parseToken(piece));
