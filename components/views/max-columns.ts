/** With more columns than this, only those in sight are rendered; on paper all of them are. */
export const maxColumns = 24;
