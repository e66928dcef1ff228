import { Problem } from '@app/contract';
import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type * as z from 'zod';

/** `@Answers(201, Booked)` — the status and the shape of an answer; 409 with a problem document when it is refused. */
export function Answers(status: 200 | 201 | 204, standardSchema?: z.ZodType): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    ApiResponse({ status, ...(standardSchema && { standardSchema }) }),
    ApiResponse({ status: 409, standardSchema: Problem }),
  );
}
