type Decoder = (text: string) => string;

/**
 * Lines that a mail program has broken, in quoted-printable text (`=`) and in quoted replies (`>`) too, and characters that are not
 * displayed. Empty lines stay, because the text that follows them is no part of the link.
 */
const brokenLines: Decoder = (text) =>
  text.replace(/\p{Cf}/gu, '').replace(/=?[\t ]*\r?\n[\s>|]*/g, (gap) => (gap.split('\n').length > 2 ? '\n\n' : ''));

/** Only characters of ASCII: a link has no others. */
const fromHex = (hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

/**
 * Percent-encoding, in which most gateways keep the link that they replace: Microsoft Safe Links (`?url=`), Proofpoint v1 (`?u=`),
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

/** References of HTML, where somebody copies the source of a mail. Source: https://html.spec.whatwg.org/#named-character-references */
const htmlReferences: Decoder = (text) =>
  text
    .replace(/&(\w+);/g, (reference, name: string) =>
      Object.hasOwn(namedCharacters, name) ? (namedCharacters[name] ?? '') : reference,
    )
    .replace(/&#x([2-7][0-9a-f]);/gi, (_, hex: string) => fromHex(hex))
    .replace(/&#(\d{2,3});/g, (_, decimal: string) => String.fromCodePoint(Number(decimal)));

/** `=3D` for an equals sign, in the source of a mail. Source: https://www.rfc-editor.org/rfc/rfc2045#section-6.7 */
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

/** The letters of base64url. In a run of Proofpoint v3, the position of a letter tells the length of the run. */
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

/** `http` in base64, in which Sophos (`?u=`) and Bitdefender (in the path) keep the link. */
const base64Links = /aHR0c[\w+/-]+/g;

const base64: Decoder = (text) =>
  text.replace(base64Links, (run) => ` ${decodeBase64(run)} ${decodeBase64(run.split('/')[0] ?? '')} `);

const decodeBase64 = (encoded: string): string => {
  const plain = encoded.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');
  return atob(plain.length % 4 === 1 ? plain.slice(0, -1) : plain);
};

/** Hyphens that word processors make of a hyphen, and characters of another width. */
const typography: Decoder = (text) => text.normalize('NFKC').replace(/[\p{Pd}\u2212]/gu, '-');

/** What is left of broken lines in a field of one line, which drops line ends. */
const lineMarks: Decoder = (text) => text.replace(/[\s>|=\p{Cf}]+/gu, '');

/** Every way in which a link is known to be rewritten. Each leaves alone what it does not apply to. */
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
