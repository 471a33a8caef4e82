import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Query, Table } from '../../shared/table/table.ts';
import { walk, type Stretch, type Walked } from '../../shared/table/walk.ts';

type Contents = Record<string, string[]>;

/** What `walk` asks of a table: partitions of sort keys. `longest`: DynamoDB may end a page before its limit. */
const tableOf = (contents: Contents, longest = Infinity) => {
  const asked: Query[] = [];
  const table: Pick<Table, 'query'> = {
    query: async (query) => {
      asked.push(query);
      const { pk, after, limit } = query;
      const ahead = (contents[pk] ?? []).toSorted().filter((sk) => after === undefined || sk > after);
      const items = ahead.slice(0, Math.min(limit, longest)).map((sk) => ({ pk, sk }));
      const last = items.at(-1);
      return { items, ...(items.length < ahead.length && last && { next: last.sk }) };
    },
  };
  return { table: table as Table, asked };
};

const stretch = (id: string): Stretch => ({ id, query: { pk: id } });

const names = ({ items }: Walked): string[] => items.map(({ stretch: id, item }) => `${id}/${item.sk}`);

/** More than any list here can have. */
const mostPages = 500;

/** All pages, and the requests of each; what lies where may change from one page to the next. */
const pagesOf = async (limit: number, now: (page: number) => { contents: Contents; longest?: number }) => {
  const pages: { found: string[]; requests: number }[] = [];
  let after: string | undefined;
  do {
    const { contents, longest } = now(pages.length);
    const { table, asked } = tableOf(contents, longest);
    const page = await walk(table, Object.keys(contents).map(stretch), { limit, after });
    pages.push({ found: names(page), requests: asked.length });
    after = page.next;
    if (pages.length > mostPages) expect.unreachable('The list never ends');
  } while (after !== undefined);
  return pages;
};

const inOrder = (contents: Contents): string[] =>
  Object.keys(contents)
    .toSorted()
    .flatMap((id) => (contents[id] ?? []).toSorted().map((sk) => `${id}/${sk}`));

const anyId: fc.Arbitrary<string> = fc.constantFrom(
  '',
  'a',
  'b',
  'bb',
  'c',
  'd',
  'e',
  'f',
  'g',
  'h',
  'i',
  'j',
  'k',
  'l',
  'm',
  'n',
  'o',
);
const anyItems = fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5', '10', 'x', 'x\ty', 'é'), { maxLength: 5 });
const anyContents: fc.Arbitrary<Contents> = fc.dictionary(anyId, anyItems, { maxKeys: 17 });
const anyLimit = fc.constantFrom(1, 2, 3, 7, 100);
const anyLongest = fc.constantFrom(1, 2, Infinity);

describe('the pages of a list over several partitions', () => {
  test('joined are everything, in the order of the stretches and then of their items, at any page size', async () => {
    await fc.assert(
      fc.asyncProperty(anyContents, anyLimit, anyLongest, async (contents, limit, longest) => {
        const pages = await pagesOf(limit, () => ({ contents, longest }));
        expect(pages.flatMap(({ found }) => found)).toEqual(inOrder(contents));
      }),
    );
  });

  test('never hold more than was asked for, nor take more than 10 requests', async () => {
    await fc.assert(
      fc.asyncProperty(anyContents, anyLimit, anyLongest, async (contents, limit, longest) => {
        for (const { found, requests } of await pagesOf(limit, () => ({ contents, longest }))) {
          expect(found.length).toBeLessThanOrEqual(limit);
          expect(requests).toBeLessThanOrEqual(10);
        }
      }),
    );
  });

  test('show nothing twice while stretches come and go between them, and all of what stays', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyContents,
        fc.array(fc.array(anyId, { maxLength: 6 }), { maxLength: 8 }),
        anyLimit,
        async (contents, goneByPage, limit) => {
          const goneOn = (page: number) => new Set(goneByPage[page]);
          const pages = await pagesOf(limit, (page) => ({
            contents: Object.fromEntries(Object.entries(contents).filter(([id]) => !goneOn(page).has(id))),
          }));
          const found = pages.flatMap((page) => page.found);
          expect(new Set(found).size).toBe(found.length);
          const ever = new Set(goneByPage.flat());
          const staying = inOrder(Object.fromEntries(Object.entries(contents).filter(([id]) => !ever.has(id))));
          expect(found.filter((each) => !ever.has(each.split('/')[0] ?? ''))).toEqual(staying);
        },
      ),
    );
  });

  test('go on after any position, also a forged one, with what is left from there', async () => {
    await fc.assert(
      fc.asyncProperty(anyContents, fc.string(), anyLimit, async (contents, after, limit) => {
        const { table } = tableOf(contents);
        const found = names(await walk(table, Object.keys(contents).map(stretch), { limit, after }));
        const all = inOrder(contents);
        const start = found[0] === undefined ? all.length : all.indexOf(found[0]);
        expect(found).toEqual(all.slice(start, start + found.length));
      }),
    );
  });
});

describe('a page', () => {
  const limit = 2;

  test('takes one request where the first stretch fills it', async () => {
    const { table, asked } = tableOf({ a: ['1', '2', '3'], b: ['4'] });
    const page = await walk(table, ['b', 'a'].map(stretch), { limit, after: undefined });
    expect(names(page)).toEqual(['a/1', 'a/2']);
    expect(asked).toEqual([{ pk: 'a', limit: 2 }]);
  });

  test('that ends with a stretch goes on at the next one', async () => {
    const { table, asked } = tableOf({ a: ['1', '2'], b: ['3'] });
    const first = await walk(table, ['a', 'b'].map(stretch), { limit, after: undefined });
    expect(asked).toHaveLength(1);
    const second = await walk(table, ['a', 'b'].map(stretch), { limit, after: first.next });
    expect([names(second), second.next]).toEqual([['b/3'], undefined]);
  });

  test('over many empty stretches is short, and there is more', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `stretch-${String(index).padStart(2, '0')}`);
    const contents = { ...Object.fromEntries(ids.map((id) => [id, []])), 'stretch-24': ['1'] };
    const pages = await pagesOf(limit, () => ({ contents }));
    expect(pages).toEqual([
      { found: [], requests: 10 },
      { found: [], requests: 10 },
      { found: ['stretch-24/1'], requests: 5 },
    ]);
  });

  test('of no stretches is the last', async () => {
    expect(await walk(tableOf({}).table, [], { limit, after: 'a\t1' })).toEqual({ items: [] });
  });

  test('asks for no more than is missing, in the index and the part of the partition that the stretch names', async () => {
    const { table, asked } = tableOf({ a: ['1'], b: ['2', '3'] });
    const stretches: Stretch[] = [stretch('a'), { id: 'b', query: { pk: 'b', index: 'held', prefix: 'p' } }];
    await walk(table, stretches, { limit, after: undefined });
    expect(asked[1]).toEqual({ pk: 'b', index: 'held', prefix: 'p', limit: 1 });
  });
});
