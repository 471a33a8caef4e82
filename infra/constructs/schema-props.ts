import { AttributeType, ProjectionType, type Attribute, type TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { TableSchema } from '../../shared/table/schema.ts';

/** Converts the keys, the time to live and the indexes of a table to the properties of a CDK table. */
export const schemaProps = ({
  pk,
  sk,
  timeToLive,
  indexes,
}: TableSchema): Pick<TablePropsV2, 'partitionKey' | 'sortKey' | 'timeToLiveAttribute' | 'globalSecondaryIndexes'> => ({
  partitionKey: string(pk),
  sortKey: string(sk),
  timeToLiveAttribute: timeToLive,
  globalSecondaryIndexes: Object.entries(indexes).map(([indexName, index]) => ({
    indexName,
    partitionKey: string(index.pk),
    sortKey: string(index.sk),
    ...(index.projected
      ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.projected] }
      : { projectionType: ProjectionType.KEYS_ONLY }),
  })),
});

const string = (name: string): Attribute => ({ name, type: AttributeType.STRING });
