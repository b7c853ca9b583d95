/** The few glyphs in use, drawn here so that no icon package is installed for them. Decorative: always beside words. */
const PATHS = {
  pulse: 'M3 12h4l2.5-6 4 13 2.8-7H21',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  clock: 'M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17',
  undo: 'M8.5 6L4.5 10l4 4M5 10h8.5a5.5 5.5 0 0 1 0 11H10',
  hand: 'M12 3.5l7 3v5c0 4.3-2.9 7.6-7 9-4.1-1.4-7-4.7-7-9v-5z',
  alert: 'M12 8v5M12 16.5v.2M12 3.5L2.8 19.5h18.4z',
  bolt: 'M13 3L5 13.5h6L10.5 21 19 10.5h-6z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5',
  copy: 'M9 9h10v11H9zM6 15H5V4h10v1.5',
  plug: 'M9 3.5v4M15 3.5v4M6.5 7.5h11v4a5.5 5.5 0 0 1-11 0zM12 17v3.5',
  arrow: 'M5 12h13M13 6.5l5.5 5.5-5.5 5.5',
  dash: 'M7 12h10',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
