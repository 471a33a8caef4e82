import { assetKindNames, assetKinds, singularOf } from '../../../../shared/asset-kinds.ts';
import type { AssetAction } from './audit-event.ts';

/** A text for each action on assets, made from the noun of the kind and a past participle: “data source” and “connected”. */
export const assetActionTexts = (textOf: (noun: string, participle: string) => string): Record<AssetAction, string> =>
  Object.fromEntries(
    assetKindNames.flatMap((kind): [AssetAction, string][] => {
      const noun = singularOf(kind);
      return [
        [`${kind}_created`, textOf(noun, assetKinds[kind].creation)],
        [`${kind}_changed`, textOf(noun, 'changed')],
        [`${kind}_deleted`, textOf(noun, 'deleted')],
      ];
    }),
  ) as Record<AssetAction, string>;
