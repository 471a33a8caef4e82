import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { App, Stack } from 'aws-cdk-lib/core';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { dynamoTable } from '../../functions/adapters/dynamo-table.ts';
import { documentClient } from '../../functions/adapters/services.ts';
import { schemaProps } from '../../infra/constructs/schema-props.ts';
import { createTable, localAws } from '../../infra/local/table.ts';
import { Template } from '../../infra/local/template.ts';
import { indexPatterns, patternsOf } from '../../infra/partition-patterns.ts';
import { indexAttributes, indexEntry, keys, partitions } from '../../shared/table/keys.ts';
import { indexPartitions, tableSchema, type IndexName } from '../../shared/table/schema.ts';
import { put } from '../../shared/table/write.ts';

/** The schema with an additional index, as if a developer had added it. Everything else must be derived from the schema. */
const schema = {
  ...tableSchema,
  indexes: { ...tableSchema.indexes, byTag: { pk: 'tagPk', sk: 'tagSk', projected: ['name'] } },
};
const resourcesByTag = (organizationId: string, tag: string) => `${organizationId}#resources-by-tag#${tag}`;
const index = 'byTag' as string as IndexName;

const directory = mkdtempSync(path.join(tmpdir(), 'roster-schema-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Synthesizes the table of the schema, creates it in the DynamoDB engine, and opens it for one organization. */
const madeTable = async (organizationId: string) => {
  const app = new App({ outdir: directory });
  // oxlint-disable-next-line no-new -- The constructor of a construct adds it to the tree.
  new TableV2(new Stack(app, 'Data'), 'Table', { ...schemaProps(schema), dynamoStream: StreamViewType.NEW_IMAGE });
  app.synth();
  const endpoint = inject('dynamoDbEndpoint');
  const tableName = `roster-${randomUUID()}`;
  await createTable(await Template.read(directory), endpoint, tableName);
  const client = new DynamoDBClient({ endpoint, ...localAws });
  return dynamoTable(documentClient(client), tableName, [organizationId], schema);
};

describe('an index that is added to the schema', () => {
  test('is created with the table and can be queried page by page', async () => {
    const table = await madeTable('org_1');
    const pk = resourcesByTag('org_1', 'red');
    const entry = (id: string) => ({ ...keys.resource('org_1', id), tagPk: pk, tagSk: id, name: `Resource ${id}` });
    await table.transact(['a', 'b', 'c'].map((id) => put({ ...entry(id), monthlyCost: 1 })));
    expect(await table.query({ index, pk, limit: 2 })).toEqual({ items: [entry('a'), entry('b')], next: 'b' });
    expect(await table.query({ index, pk, limit: 2, after: 'b' })).toEqual({ items: [entry('c')] });
  });

  test('gets partition patterns for IAM policies, and changes those of no other index', () => {
    const named = { ...indexPartitions, byTag: ['resourcesByTag'] };
    expect(patternsOf(named, { ...partitions, resourcesByTag })).toEqual({
      ...indexPatterns,
      byTag: { resourcesByTag: '*#resources-by-tag#*' },
    });
  });
});

describe('an item', () => {
  test('is in an index while it has the attributes of the index', () => {
    expect(indexEntry('gsi3', 'partition', 'position')).toEqual({ gsi3pk: 'partition', gsi3sk: 'position' });
    expect(indexAttributes('gsi3')).toEqual(['gsi3pk', 'gsi3sk']);
  });

  test('keeps its primary key when it leaves an index that is sorted by this key', () => {
    expect(indexEntry('held', 'partition')).toEqual({ heldPk: 'partition' });
    expect(indexAttributes('held')).toEqual(['heldPk']);
  });
});
