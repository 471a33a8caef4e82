/**
 * The Latin letters of Unicode 14 that are a letter of the English alphabet, or a ligature of several, with a stroke, a hook or
 * another change that Unicode does not decompose. Their names in https://www.unicode.org/Public/14.0.0/ucd/UnicodeData.txt say of
 * which: U+0142 is LATIN SMALL LETTER L WITH STROKE. Letters with names of their own are here as the transform Latin-ASCII of CLDR
 * writes them (ð as d, þ as th, ŋ as n, ĸ as q) or, where it has no rule, as the letter that they look or sound like (ə as e).
 */
const variants = {
  a: 'ɐᴀᶏⱥɑɒᶐꬰ',
  aa: 'ꜳ',
  ae: 'æᴁᴂꞛ',
  ao: 'ꜵ',
  au: 'ꜷ',
  av: 'ꜹꜻ',
  ay: 'ꜽ',
  b: 'ƀƃɓʙᴃᵬᶀꞗ',
  c: 'ƈȼɕᴄↄꜿꞓꞔ𝼝',
  d: 'đƌȡɖɗᴅᵭᶁᶑꝺꟈðᴆ',
  db: 'ȸ',
  dz: 'ʣʥꭦ',
  e: 'ǝɇɘɛɜɝʚᴇᴈᶒᶓᶔⱸⱻꬲꬳꬴəɚᶕɞ',
  f: 'ƒᵮᶂꜰꝼꞙꬵ',
  g: 'ǥɠɡɢʛᵷᵹᶃꝿꞡꟑꬶ𝼁𝼂ɣ',
  h: 'ħɥɦʜʮʯⱨⱶꞕɧꜧ',
  hv: 'ƕ',
  i: 'ɨɪᴉᵻᶖ𝼚ɩᵼ',
  j: 'ȷɉɟʄʝᴊ',
  k: 'ƙʞᴋᶄⱪꝁꝃꝅꞣ𝼃𝼐',
  l: 'łƚȴɫɬɭʟᴌᶅⱡꝇꝉꞁꞎꬷꬸꬹ𝼄𝼑𝼓',
  ll: 'ỻ',
  ls: 'ʪ',
  lz: 'ʫ',
  m: 'ɯɰɱᴍᴟᵯᶆꟺꬺ',
  n: 'ƞȵɲɳɴᴎᵰᶇꞑꞥꬻŋꬼ',
  o: 'øɔɵᴏᴐᴑᴒᴓᴖᴗᶗⱺꝋꝍꟁꬽꬾꬿ𝼛',
  oe: 'œɶᴔꞝꭁꭂꭢ',
  oi: 'ƣ',
  oo: 'ꝏ',
  ou: 'ȣᴕ',
  p: 'ƥᴘᵱᵽᶈꝑꝓꝕ',
  q: 'ɋʠꝗꝙꞯĸ',
  qp: 'ȹ',
  r: 'ɍɹɺɻɼɽɾɿʀᴙᴚᵲᵳᶉⱹꝛꞃꞧꭅꭆꭇꭈꭉꭊꭋꭌꭨ𝼈𝼕𝼖',
  s: 'ȿʂᵴᶊẜẝꜱꞅꞩꟊꟗ𝼞ʃʆᶋᶘꭍꟙ',
  t: 'ŧƫƭȶʇʈᴛᵵⱦꞇ𝼉𝼍',
  th: 'ᵺþꝥꝧ',
  ts: 'ʦꭧ',
  tz: 'ꜩ',
  u: 'ʉᴜᴝᴞᵾᶙꞹꭎꭏꭒʊᵿ',
  ue: 'ᵫꞟ',
  ui: 'ꭐꭑ',
  uo: 'ꭣ',
  v: 'ʋʌᴠᶌỽⱱⱴꝟ',
  vy: 'ꝡ',
  w: 'ʍᴡⱳƿꟃ',
  x: 'ᶍꭖꭗꭘꭙ',
  y: 'ƴɏʎʏỿꭚ𝼆ȝ',
  z: 'ƶȥɀʐʑᴢᵶᶎⱬꝣʒƺʓᶚ',
};

const base = new Map(
  Object.entries(variants).flatMap(([letters, all]) => Array.from(all, (variant) => [variant, letters] as const)),
);

/** Replaces Latin letters with strokes or similar changes, and ligatures, by their base letters. For lower case without accents. */
export const plainLatin = (text: string): string =>
  text.replace(/[^\p{ASCII}]/gu, (letter) => base.get(letter) ?? letter);
