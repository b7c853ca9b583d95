/** The rule of versions-rule.cjs for Nodes whose hooks run in a thread of their own (before 22.15). */
import rule from './versions-rule.cjs';

let home = '';
export const initialize = (data) => {
  home = data.home;
};
export const resolve = async (specifier, context, next) => rule.resolved(await next(specifier, context), specifier, context, home);
export const load = async (url, context, next) => rule.cleaned(await next(url, context), url);
