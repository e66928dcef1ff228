import { type ArgumentMetadata, Injectable, type PipeTransform, StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidInput, RefusedError } from './answer';

/** Nest's own pipe, whose complaint keeps the schema and the value so that it can be said in the viewer's language. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const pipe = new StandardSchemaValidationPipe({
      // An address that names nothing leads nowhere.
      exceptionFactory: () =>
        metadata.type === 'param'
          ? new RefusedError({ ok: false, why: 'not-found' })
          : new InvalidInput(metadata.schema, value),
    });
    return pipe.transform(value, metadata);
  }
}
