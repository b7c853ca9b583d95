import { Module } from '@nestjs/common';
import { rulesDiagnoser } from '@selfheal/models';
import { decide } from './decide.js';
import { DIAGNOSE, RcaController } from './rca.controller.js';

@Module({ controllers: [RcaController], providers: [{ provide: DIAGNOSE, useFactory: () => rulesDiagnoser(decide) }] })
export class RcaModule {}
