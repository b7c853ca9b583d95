import { Module } from '@nestjs/common';
import { rulesApplier } from '@selfheal/models';
import { decide } from './decide.js';
import { APPLY, PatcherController } from './patcher.controller.js';

@Module({ controllers: [PatcherController], providers: [{ provide: APPLY, useFactory: () => rulesApplier(decide) }] })
export class PatcherModule {}
