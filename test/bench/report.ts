/** The figures of a run of the benchmark, the limits that they must keep, and the table of README.md. */
import { median } from './figures.ts';
import type { Turn } from './turns.ts';

/** The result of a run. The README shows one. */
export interface Result {
  /** Processor, number of cores, version of Node, engine. */
  machine: string;
  /** `2026-11-30` */
  date: string;
  peer: string;
  rows: Row[];
}

export interface Row {
  name: string;
  /** By the number of calls at the same time. */
  figures: Record<string, Figures>;
  /** Read units of a list. */
  readUnits?: number;
}

/** Medians. Times are in milliseconds. */
export interface Figures {
  operation: number;
  raw: number;
  /** The operation's time as a multiple of that of its raw calls in the same turn. */
  ratio: number;
  peer?: number;
}

/** Users in the organizations whose lists are compared. */
export const listSizes = [100, 10_000, 100_000] as const;

export const listName = (users: number): string => `list 50 of ${users.toLocaleString('en')} users`;

/** An operation takes at most so many times as long as its raw calls. */
const rawLimit = 1.4;
/** The median times of the lists of all sizes lie within this factor. */
const listSpreadLimit = 1.3;
/** How many times as fast as the peer the list of most users is, one call at a time. */
const peerLimit = 3;

/** `peerTimes`: calls of the peer in place of one of the operation, of which one was measured. */
export const figuresOf = (turns: readonly Turn[], peerTimes: number): Figures => {
  const all = (of: keyof Turn): number => median(turns.flatMap((turn) => turn[of]));
  const peer = all('peer') * peerTimes;
  return {
    operation: rounded(all('operation')),
    raw: rounded(all('raw')),
    ratio: rounded(median(turns.map(({ operation, raw }) => median(operation) / median(raw)))),
    ...(Number.isFinite(peer) && { peer: rounded(peer) }),
  };
};

const rounded = (figure: number): number => Number(figure.toFixed(figure < 100 ? 2 : 0));

/** The limits, in a sentence. */
export const limitsText = `An operation takes at most ${rawLimit} x as long as its raw calls, the lists lie within ${listSpreadLimit} x of each other and cost equal read units, and the largest list is at least ${peerLimit} x as fast as the peer at c1.`;

/** What the figures break, in sentences. Rows that were not measured are not checked. */
export const brokenLimits = ({ rows }: Pick<Result, 'rows'>): string[] => {
  const slow = rows.flatMap(({ name, figures }) =>
    Object.entries(figures)
      .filter(([, { ratio }]) => ratio > rawLimit)
      .map(
        ([concurrency, { ratio }]) => `${name} at c${concurrency} takes ${ratio} x its raw calls, at most ${rawLimit}.`,
      ),
  );
  const lists = listSizes.flatMap((size) => rows.find(({ name }) => name === listName(size)) ?? []);
  const spreads = Object.keys(lists[0]?.figures ?? {}).flatMap((concurrency) => {
    const times = lists.flatMap(({ figures }) => figures[concurrency]?.operation ?? []);
    const spread = Math.max(...times) / Math.min(...times);
    return spread > listSpreadLimit
      ? [`The lists at c${concurrency} lie within ${spread.toFixed(2)} x of each other, at most ${listSpreadLimit}.`]
      : [];
  });
  const units = new Set(lists.map(({ readUnits }) => readUnits));
  const unequal = units.size > 1 ? [`The lists cost ${[...units].join(', ')} read units, not the same.`] : [];
  const largest = lists.find(({ name }) => name === listName(Math.max(...listSizes)))?.figures['1'];
  const faster = largest && timesAsFast(largest);
  const slower =
    faster !== undefined && faster < peerLimit
      ? [`The largest list at c1 is ${faster.toFixed(2)} x as fast as the peer, at least ${peerLimit}.`]
      : [];
  return [...slow, ...spreads, ...unequal, ...slower];
};

const timesAsFast = ({ operation, peer }: Figures): number | undefined =>
  peer === undefined ? undefined : peer / operation;

/** The cells of the table, with its header. */
export const tableOf = ({ rows }: Pick<Result, 'rows'>): string[][] => {
  const concurrencies = Object.keys(rows[0]?.figures ?? {});
  return [
    [
      'Operation',
      ...concurrencies.flatMap((each) => [`c${each} ms`, 'raw calls', 'ratio', 'peer', 'times as fast']),
      'Read units',
    ],
    ...rows.map(({ name, figures, readUnits }) => [
      name,
      ...concurrencies.flatMap((each) => cellsOf(figures[each])),
      readUnits === undefined ? '' : String(readUnits),
    ]),
  ];
};

const cellsOf = (figures: Figures | undefined): string[] => {
  if (!figures) return ['', '', '', '', ''];
  const { operation, raw, ratio, peer } = figures;
  const milliseconds = (figure: number) => (figure < 100 ? figure.toFixed(1) : figure.toFixed(0));
  return [
    milliseconds(operation),
    milliseconds(raw),
    ratio.toFixed(2),
    peer === undefined ? '' : milliseconds(peer),
    timesAsFast(figures)?.toFixed(2) ?? '',
  ];
};
