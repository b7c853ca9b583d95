import { Module } from '@nestjs/common';
import { GuardrailController } from './guardrail.controller.js';
import { openSandbox } from './sandbox.js';
import { SANDBOX } from './sandbox-port.js';

@Module({ controllers: [GuardrailController], providers: [{ provide: SANDBOX, useValue: openSandbox }] })
export class GuardrailModule {}
