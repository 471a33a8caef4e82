import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { chooseEncoding } from '../http/content-encoding.ts';
import { everyAnswer } from '../http/response.ts';

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A file that the build put beside this bundle, as small as the browser takes it. The name changes with the content. */
export const readAsset = async (
  name: string,
  acceptEncoding = '',
): Promise<APIGatewayProxyStructuredResultV2 | undefined> => {
  const encoding = chooseEncoding(acceptEncoding);
  const stored = await readFile(
    path.join(import.meta.dirname, 'assets', `${name}.${encoding === 'br' ? 'br' : 'gz'}`),
  ).catch(() => undefined);
  return (
    stored && {
      statusCode: 200,
      headers: {
        ...everyAnswer,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': `${types[path.extname(name)]}; charset=utf-8`,
        ...(encoding && { 'content-encoding': encoding }),
      },
      // In base64, the largest file would exceed the maximum size of a Lambda response.
      ...(encoding
        ? { body: stored.toString('base64'), isBase64Encoded: true }
        : { body: gunzipSync(stored).toString() }),
    }
  );
};
