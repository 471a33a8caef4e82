import { useFlash } from '../shell/flash.tsx';
import { toCsv } from './csv.ts';
import { download } from './download.ts';
import { inWords } from './problem.ts';

interface CsvExport<T> {
  file: string;
  header: string[];
  toRows: (items: T[]) => string[][] | Promise<string[][]>;
  texts: {
    exporting: (count: number) => string;
    exported: (count: number) => string;
    exportFailed: string;
  };
}

/** Saves a list as a CSV file: either given items (`exportThese`), or all items that `read` returns (`exportAll`). */
export const useCsvExport = <T>({ file, header, toRows, texts }: CsvExport<T>) => {
  const flash = useFlash();
  const say = (count: number) => flash.progress('export', texts.exporting(count));

  const exportAll = async (read: (onProgress: (count: number) => void) => T[] | Promise<T[]>) => {
    say(0);
    try {
      const items = await read(say);
      download(file, 'text/csv', toCsv([header, ...(await toRows(items))]));
      flash.show('export', { type: 'success', content: texts.exported(items.length) });
    } catch (error) {
      flash.show('export', { type: 'error', header: texts.exportFailed, content: inWords(error) });
    }
  };
  return { exportAll, exportThese: (items: T[]) => exportAll(() => items) };
};
