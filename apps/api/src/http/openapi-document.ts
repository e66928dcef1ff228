import type { INestApplication, Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import * as z from 'zod';
import { ANYONE } from './access';
import { SESSION_COOKIE } from './cookies';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];

// Where Nest keeps what decorates a route's arguments, and the number that stands for @Query there.
const ROUTE_ARGUMENTS = '__routeArguments__';
const QUERY = '4:';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI document of the routes as they are, with what the generator leaves out: queries, problems, who may ask. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Palier')
    .setDescription(
      'Le planning partagé des lieux où plusieurs services reçoivent. Chaque écriture porte l’en-tête x-palier-csrf ' +
        '(sa valeur est dans GET /api/session) ; les refus sont des documents RFC 9457.',
    )
    .setVersion('1')
    .addCookieAuth(SESSION_COOKIE)
    .addSecurityRequirements('cookie')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const handlers = handlersOf(app);
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      const handler = handlers.get(operation.operationId ?? '');
      operation.parameters = [
        ...named(operation.parameters),
        ...(handler?.query ? queryParameters(handler.query) : []),
      ];
      operation.responses = { ...problemsAsSuch(operation.responses), default: PROBLEM };
      if (handler?.anyone) operation.security = [];
    }
  }
  return document;
}

const PROBLEM = {
  description: 'Un refus ou une erreur, RFC 9457.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

interface Handler {
  query: z.ZodType | null;
  anyone: boolean;
}

/** What decorates each handler, by the operationId the generator gives it. */
function handlersOf(app: INestApplication): Map<string, Handler> {
  const handlers = new Map<string, Handler>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type;
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const decorated: Record<string, { schema?: z.ZodType }> =
          Reflect.getMetadata(ROUTE_ARGUMENTS, controller, name) ?? {};
        const query = Object.entries(decorated).find(([key]) => key.startsWith(QUERY))?.[1].schema ?? null;
        const anyone = [controller.prototype[name], controller].some((on) => Reflect.getMetadata(ANYONE, on) === true);
        handlers.set(`${controller.name}_${name}`, { query, anyone });
      }
    }
  }
  return handlers;
}

const named = (parameters: Parameter[] = []) =>
  parameters.filter((parameter) => '$ref' in parameter || parameter.name !== undefined);

function queryParameters(schema: z.ZodType): Parameter[] {
  const json = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  // A schema with a name of its own comes as a reference to it.
  const { properties = {}, required = [] } =
    (json.definitions as Record<string, typeof json> | undefined)?.[json.$ref?.split('/').at(-1) ?? ''] ?? json;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property as never,
  }));
}

function problemsAsSuch(responses: Operation['responses']): Operation['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [status, Number(status) >= 400 ? PROBLEM : response]),
  );
}
