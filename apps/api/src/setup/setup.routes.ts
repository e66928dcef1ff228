import { Module } from '@nestjs/common';
import { LiveRoutes } from '../live/live.routes';
import { SetupController } from './setup.controller';

@Module({ imports: [LiveRoutes], controllers: [SetupController] })
export class SetupRoutes {}
