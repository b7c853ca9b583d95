import type { SourceFile } from '@selfheal/engine';

const CONFIG = /^(?:\w*config|configuration|settings?|options|env|environment|defaults|params|flags)$/i;

/** Whether an object is configuration, by the name at the root of its path: `config.http` is. */
export const isConfigName = (dotted: string): boolean => {
  const parts = dotted.split('.');
  return CONFIG.test(parts[0] ?? '') || (parts[0] === 'this' && CONFIG.test(parts[1] ?? '')) || dotted.startsWith('process.env');
};

/** Whether a file holds configuration, by its name or by its folder. */
export const isConfigFile = (file: Pick<SourceFile, 'path'>): boolean =>
  /(?:^|[/.-])(?:config|configuration|settings|env|constants|defaults)(?:[/.-]|$)/i.test(file.path);
