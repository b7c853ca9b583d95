import { Module } from '@nestjs/common';
import { DetectorController } from './detector.controller.js';
import { IncidentStore } from './incident-store.js';

@Module({ controllers: [DetectorController], providers: [IncidentStore] })
export class DetectorModule {}
