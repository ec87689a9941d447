/** Grey bars in the shape of what is coming. */
export function Waiting({ lines, label }: { readonly lines: number; readonly label: string }) {
  return (
    <div className="waiting" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="waiting-line" aria-hidden="true" />
      ))}
    </div>
  );
}
