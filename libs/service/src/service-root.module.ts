import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';

@Module({})
class ServiceRoot {}

/** The root module: the app's own module, with what every service shares provided everywhere. */
export const serviceRoot = (app: Type | DynamicModule, providers: Provider[]): DynamicModule => ({
  module: ServiceRoot,
  global: true,
  imports: [app],
  providers,
  exports: providers,
});
