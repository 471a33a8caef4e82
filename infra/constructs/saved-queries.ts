import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

interface SavedQueriesProps {
  stage: Stage;
  /** The logs of the functions. */
  functionLogs: ILogGroup[];
  accessLog: ILogGroup;
}

/**
 * Queries of Logs Insights that the runbooks refer to. Replace the values in them that start with `req_`. CloudWatch lists them
 * under "Saved queries", in a folder of the stage.
 */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { stage, functionLogs, accessLog }: SavedQueriesProps) {
    super(scope, id);
    const save = (name: string, logs: ILogGroup[], ...lines: string[]): void => {
      new CfnQueryDefinition(this, name, {
        name: `Roster/${stage.name}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: logs.map(({ logGroupName }) => logGroupName),
      });
    };
    save(
      'Faults',
      functionLogs,
      'fields @timestamp, message, requestId, runId, fault.name, fault.message, @log',
      "filter level = 'ERROR'",
      'sort @timestamp desc',
      'limit 100',
    );
    save(
      'OneRequest',
      [accessLog, ...functionLogs],
      'fields @timestamp, @message, @log',
      "filter requestId = 'req_'",
      'sort @timestamp asc',
    );
    save(
      'RunsOfTheWorker',
      functionLogs,
      'fields @timestamp, pieces, sent, failed, rejected, oldestUnsentSeconds, oldestDueSeconds',
      "filter message = 'work'",
      'sort @timestamp desc',
      'limit 100',
    );
    save(
      'ResponsesByRoute',
      [accessLog],
      'stats count(*) as requests, pct(responseLatency, 95) as p95 by routeKey, status',
      'sort requests desc',
    );
    save(
      'RefusedSources',
      [accessLog],
      'filter status in [401, 403, 429]',
      'stats count(*) as requests by sourceIp, routeKey, status',
      'sort requests desc',
      'limit 50',
    );
  }
}
