import type { ApiResponseOptions } from '@nestjs/swagger';
import { problem } from '@selfheal/contracts';
import { z } from 'zod';

type SchemaObject = NonNullable<Extract<ApiResponseOptions, { schema: unknown }>['schema']>;

/** A zod schema as OpenAPI 3.0 sees it: the documentation and the check are one thing. */
export const openApi = (schema: z.ZodType): SchemaObject =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', unrepresentable: 'any', io: 'input' }) as SchemaObject;

export const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: openApi(problem) } },
});
