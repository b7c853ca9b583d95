import { Module } from '@nestjs/common';
import { DeployerController } from './deployer.controller.js';
import { TargetLease } from './target-lease.js';

@Module({ controllers: [DeployerController], providers: [TargetLease] })
export class DeployerModule {}
