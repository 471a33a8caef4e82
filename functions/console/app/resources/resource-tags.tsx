import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Resource } from './resource.ts';

export const ResourceTags = ({ tags }: Pick<Resource, 'tags'>) => (
  <div className="breakable">
    <SpaceBetween direction="horizontal" size="xxs">
      {Object.entries(tags)
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([key, value]) => (
          <Badge key={key}>{value === '' ? key : `${key}: ${value}`}</Badge>
        ))}
    </SpaceBetween>
  </div>
);
