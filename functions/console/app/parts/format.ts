/** The locale of dates, numbers and money. Formats that contain words are in English, like all texts. */
const locale = navigator.language;

const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const daysOfUtc = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const exactMoments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' });
const numbers = new Intl.NumberFormat(locale);
const currencyNames = new Intl.DisplayNames('en-GB', { type: 'currency' });
const distances = new Intl.RelativeTimeFormat('en-GB');
const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });

const inOneLine = (text: string): string => text.replaceAll(/\s/g, '\u00a0');
/** Allows a line break only after the last comma, which separates the date from the time. */
const inTwoLines = (text: string): string => inOneLine(text).replace(/,\u00a0(?=[^,]*$)/, ', ');

/** The day of an instant in the local time zone. */
export const formatDay = (instant: string): string => inOneLine(days.format(new Date(instant)));
/** Formats a date without a time, such as `2026-05-31`. */
export const formatDate = (date: string): string => inOneLine(daysOfUtc.format(new Date(date)));
export const formatMoment = (instant: string): string => inTwoLines(moments.format(new Date(instant)));
/** With seconds and the time zone. */
export const formatExact = (instant: string): string => inTwoLines(exactMoments.format(new Date(instant)));
export const formatNumber = (number: number): string => numbers.format(number);
/**
 * Money in a currency, given by its ISO 4217 code, with as many decimals as the currency has. Without a currency, the amount is a
 * plain number.
 */
export const formatMoney = (amount: number, currency: string | undefined): string =>
  new Intl.NumberFormat(locale, currency === undefined ? {} : { style: 'currency', currency }).format(amount);
/** The name of a currency and its code: `US Dollar (USD)`. */
export const currencyName = (currency: string): string => `${currencyNames.of(currency) ?? currency} (${currency})`;
/** `a, b, and c` */
export const andList = (items: string[]): string => and.format(items);

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Formats a number of seconds from now: `in 42 seconds`, `2 days ago`. */
export const formatDistance = (seconds: number): string => {
  const [unit, length] = units.find(([, each]) => Math.abs(seconds) >= each) ?? (['second', 1] as const);
  return distances.format(Math.round(seconds / length), unit);
};
/** The time since an instant. The clock of the functions may be ahead, so an instant that seems to be in the future is now. */
export const formatSince = (instant: string): string => {
  const seconds = (Date.now() - Date.parse(instant)) / 1_000;
  return seconds < 60 ? 'just now' : formatDistance(-seconds);
};
/** The time from now until an instant, or since then. */
export const formatFromNow = (instant: string): string => formatDistance((Date.parse(instant) - Date.now()) / 1_000);
