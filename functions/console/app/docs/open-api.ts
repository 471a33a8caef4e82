/** The parts of the OpenAPI document that the page of the API reference uses. */
export interface OpenApi {
  info: { description: string };
  components: { securitySchemes: Record<string, { type: string }> };
  paths: Record<string, Record<string, OperationObject>>;
}

export interface OperationObject {
  operationId: string;
  parameters?: { name?: string; in?: string; required?: boolean }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  security?: unknown[];
}
