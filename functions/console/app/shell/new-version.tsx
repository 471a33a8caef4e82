import { useEffect } from 'react';
import { onNewVersion } from '../data/page-version.ts';
import { useFlash } from './flash.tsx';
import { shellTexts as texts } from './texts.ts';

/** Offers the version that was deployed after this tab was opened. The tab is not reloaded unasked, and works on until then. */
export const NewVersion = () => {
  const flash = useFlash();
  useEffect(
    () =>
      onNewVersion(() =>
        flash.show('new-version', {
          type: 'info',
          content: texts.newVersion,
          buttonText: texts.reload,
          onButtonClick: () => location.reload(),
        }),
      ),
    [flash],
  );
  return null;
};
