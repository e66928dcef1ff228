import { Module } from '@nestjs/common';
import { LiveController } from './live.controller';
import { LiveScreens } from './live.service';

@Module({ controllers: [LiveController], providers: [LiveScreens], exports: [LiveScreens] })
export class LiveRoutes {}
