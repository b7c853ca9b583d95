import { antiUnify, type FixTemplate, templateText } from './template.js';

/** A template with how many verified fixes it was seen in. */
export interface MinedTemplate {
  readonly template: FixTemplate;
  readonly support: number;
}

/** More fixes than this are not compared: the latest are. */
const MAX_FIXES = 300;

/**
 * Templates that at least `least` fixes share, most shared first: each fix joins the first template that it generalises with
 * (greedy agglomeration; Getafix clusters the same way from the bottom up). Pure.
 */
export function mineTemplates(fixes: readonly FixTemplate[], least = 2): MinedTemplate[] {
  const clusters: { template: FixTemplate; support: number }[] = [];
  for (const fix of fixes.slice(-MAX_FIXES)) {
    const home = clusters.find((cluster) => {
      const general = sameText(cluster.template, fix) ? cluster.template : antiUnify(cluster.template, fix);
      if (!general) return false;
      cluster.template = general;
      return true;
    });
    if (home) home.support++;
    else clusters.push({ template: fix, support: 1 });
  }
  return clusters.filter(({ support }) => support >= least).sort((a, b) => b.support - a.support);
}

const sameText = (a: FixTemplate, b: FixTemplate): boolean =>
  templateText(a, 'before') === templateText(b, 'before') && templateText(a, 'after') === templateText(b, 'after');
