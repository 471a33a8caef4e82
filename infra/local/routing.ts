import type { Template } from './template.ts';

/** A route of the template's HTTP API. */
export interface LocalRoute {
  routeKey: string;
  method: string;
  segments: string[];
  authorizerId: string | undefined;
  functionId: string;
}

export interface RouteMatch {
  route: LocalRoute;
  pathParameters: Record<string, string>;
}

export const readRoutes = (template: Template): LocalRoute[] => {
  const integrations = new Map(
    template
      .ofType('AWS::ApiGatewayV2::Integration')
      .map(({ id, properties }) => [id.split('/')[1], String(properties.IntegrationUri)]),
  );
  return template.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const routeKey = String(properties.RouteKey);
    const [method = '', path = ''] = routeKey.split(' ');
    const integration = String(properties.Target).replace('integrations/', '');
    return {
      routeKey,
      method,
      segments: path.split('/'),
      authorizerId: properties.AuthorizationType === 'JWT' ? String(properties.AuthorizerId) : undefined,
      functionId: integrations.get(integration)?.split(':').at(-1) ?? '',
    };
  });
};

/** The most specific matching route, in the order of API Gateway: literal parts before parameters before `{proxy+}`. */
export const findRoute = (routes: LocalRoute[], method: string, path: string): RouteMatch | undefined => {
  const given = path.split('/');
  return routes
    .flatMap((route) => {
      if (route.method !== 'ANY' && route.method !== method) return [];
      const pathParameters = matchPath(route.segments, given);
      return pathParameters ? [{ route, pathParameters }] : [];
    })
    .toSorted((a, b) => rank(a.route).localeCompare(rank(b.route)))[0];
};

const matchPath = (segments: string[], given: string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const name = /^\{(\w+)(\+?)\}$/.exec(segment);
    const value = given[index];
    if (name?.[2]) {
      const rest = given.slice(index).join('/');
      if (!rest) return undefined;
      return { ...parameters, [name[1] ?? '']: decodeURIComponent(rest) };
    }
    if (value === undefined || (name && !value)) return undefined;
    if (name) parameters[name[1] ?? ''] = decodeURIComponent(value);
    else if (segment !== value) return undefined;
  }
  return segments.length === given.length ? parameters : undefined;
};

const rank = ({ segments, method }: LocalRoute): string =>
  segments.map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0')).join('') +
  (method === 'ANY' ? '1' : '0');
