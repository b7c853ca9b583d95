import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { TargetRegistry } from '@selfheal/targets';

@ApiTags('targets')
@Controller('api/v1/targets')
export class TargetsController {
  constructor(@Inject(TargetRegistry) private readonly targets: TargetRegistry) {}

  @Get()
  @ApiOperation({ summary: 'What selfheal may heal, and how far it may go by itself' })
  list(): { targets: { name: string; autonomy: string; strategy: string }[] } {
    return {
      targets: this.targets.all().map(({ config }) => ({ name: config.name, autonomy: config.autonomy, strategy: config.deploy.strategy })),
    };
  }
}
