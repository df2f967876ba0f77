/** The text that somebody expects, with which the others are compared. */
export const ExpectedText = ({ text, onText }: { text: string; onText: (text: string) => void }) => (
  <label className="flex w-full max-w-2xl flex-col gap-1 text-sm">
    Expected text
    <textarea
      value={text}
      onChange={(event) => onText(event.target.value)}
      rows={3}
      className="w-full rounded-md border border-control bg-ground p-2 text-base"
    />
  </label>
);
