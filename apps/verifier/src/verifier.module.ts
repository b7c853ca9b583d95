import { Module } from '@nestjs/common';
import { VerifierController } from './verifier.controller.js';

@Module({ controllers: [VerifierController] })
export class VerifierModule {}
