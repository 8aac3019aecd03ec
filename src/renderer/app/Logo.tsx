/** Rapport's mark. */
export function Logo({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 64 64" width={size} height={size} role="img" aria-label="Rapport">
      <rect width="64" height="64" rx="15" fill="#12685c" />
      <path
        d="M20 47V17h14.5a9.5 9.5 0 0 1 0 19H20"
        fill="none"
        stroke="#fdfaf3"
        strokeWidth="6.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="m34 36 10.5 11"
        fill="none"
        stroke="#f2b45c"
        strokeWidth="6.5"
        strokeLinecap="round"
      />
    </svg>
  )
}
