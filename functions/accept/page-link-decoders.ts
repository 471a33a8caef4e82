type Decoder = (text: string) => string;

/**
 * Joins lines that a mail program has broken, also in quoted-printable text (`=`) and in quoted replies (`>`), and removes
 * invisible characters. Empty lines stay, because the text after them is not part of the link.
 */
const brokenLines: Decoder = (text) =>
  text.replace(/\p{Cf}/gu, '').replace(/=?[\t ]*\r?\n[\s>|]*/g, (gap) => (gap.split('\n').length > 2 ? '\n\n' : ''));

/** Only for ASCII, because a link contains no other characters. */
const fromHex = (hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

/**
 * Percent-encoding, in which most gateways embed the link that they replace: Microsoft Safe Links (`?url=`), Proofpoint v1 (`?u=`),
 * Barracuda (`?a=`), Cisco (in the path), Symantec, Trend Micro, FortiMail, Trellix, Google and Slack.
 */
const percentEncoding: Decoder = (text) => text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => fromHex(hex));

const namedCharacters: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  num: '#',
  lowbar: '_',
  period: '.',
  hyphen: '-',
  percnt: '%',
  equals: '=',
  ast: '*',
};

/**
 * HTML character references, for text copied from the source of an email: https://html.spec.whatwg.org/#named-character-references
 */
const htmlReferences: Decoder = (text) =>
  text
    .replace(/&(\w+);/g, (reference, name: string) =>
      Object.hasOwn(namedCharacters, name) ? (namedCharacters[name] ?? '') : reference,
    )
    .replace(/&#x([2-7][0-9a-f]);/gi, (_, hex: string) => fromHex(hex))
    .replace(/&#(\d{2,3});/g, (_, decimal: string) => String.fromCodePoint(Number(decimal)));

/** Quoted-printable text in the source of an email: `=3D` for `=`. Source: https://www.rfc-editor.org/rfc/rfc2045#section-6.7 */
const quotedPrintable: Decoder = (text) => text.replace(/=([2-7][0-9A-F])/g, (_, hex: string) => fromHex(hex));

/**
 * Proofpoint URL Defense v2 writes a percent sign as a hyphen and a slash as an underscore.
 * Source: https://help.proofpoint.com/Threat_Insight_Dashboard/Concepts/How_do_I_decode_a_rewritten_URL%3F
 */
const proofpointV2: Decoder = (text) =>
  text.replace(
    /(\/v2\/url\?(?:[^\s"'<>]*&)?u=)([^&"'<]*)/g,
    (_, before: string, link: string) => before + percentEncoding(link.replaceAll('-', '%').replaceAll('_', '/')),
  );

/** The alphabet of base64url. In Proofpoint v3, the position of a letter in it encodes the length of a run. */
const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Proofpoint URL Defense v3 writes `*` for a character that it replaces, and `**` with a letter for several, and lists the replaced
 * characters after the link in base64. Same source as for v2.
 */
const proofpointV3: Decoder = (text) =>
  text.replace(/\/v3\/__(.+?)__;([\w-]*={0,2})!/gs, (_, link: string, replaced: string) => {
    const characters = Array.from(decodeBase64(replaced));
    const restored = link.replace(/\*(?:\*([\w-]))?/g, (_run, letter: string | undefined) =>
      characters.splice(0, letter === undefined ? 1 : base64Letters.indexOf(letter) + 2).join(''),
    );
    return ` ${restored} `;
  });

/** The base64 encoding of `http`. Sophos (`?u=`) and Bitdefender (in the path) embed the link in base64. */
const base64Links = /aHR0c[\w+/-]+/g;

const base64: Decoder = (text) =>
  text.replace(base64Links, (run) => ` ${decodeBase64(run)} ${decodeBase64(run.split('/')[0] ?? '')} `);

const decodeBase64 = (encoded: string): string => {
  const plain = encoded.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');
  return atob(plain.length % 4 === 1 ? plain.slice(0, -1) : plain);
};

/** Dashes that word processors substitute for a hyphen, and full-width characters. */
const typography: Decoder = (text) => text.normalize('NFKC').replace(/[\p{Pd}\u2212]/gu, '-');

/** Remains of broken lines. A single-line field drops the line ends, but keeps the other characters. */
const lineMarks: Decoder = (text) => text.replace(/[\s>|=\p{Cf}]+/gu, '');

/** All known ways in which links are rewritten. Each decoder returns text that it does not apply to unchanged. */
export const decoders: readonly Decoder[] = [
  brokenLines,
  percentEncoding,
  proofpointV2,
  proofpointV3,
  htmlReferences,
  quotedPrintable,
  base64,
  typography,
  lineMarks,
];
