import { useEffect } from 'react';
import { onNewVersion } from '../data/page-version.ts';
import { useFlash } from './flash.tsx';
import { shellTexts as texts } from './texts.ts';

/** Offers to reload the tab when a newer version has been deployed. Until the person does so, the old version keeps working. */
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
