import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Table, type TableProps } from "antd";
import type { ReactNode } from "react";
import { itemsOf } from "../lib/use-ask.ts";
import { Loaded, More, Panel } from "./states.tsx";

/** A list of the office: on a screen narrower than `width` it scrolls sideways within its panel. */
export function List<T extends object>({
  items,
  none,
  width,
  size = "middle",
  rowSelection,
  ...table
}: Pick<TableProps<T>, "rowKey" | "size" | "columns"> & {
  readonly rowSelection?: TableProps<T>["rowSelection"] | undefined;
  readonly items: readonly T[];
  readonly none: ReactNode;
  readonly width: number;
}) {
  return (
    <Table
      size={size}
      pagination={false}
      dataSource={items as T[]}
      scroll={{ x: width }}
      locale={{ emptyText: none }}
      {...(rowSelection ? { rowSelection } : {})}
      {...table}
    />
  );
}

/** A plain table that comes page by page; `heads` and what `row` gives are cells. */
export function PagedTable<T>({
  query,
  none,
  heads,
  row,
}: {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly T[] }>>;
  readonly none: ReactNode;
  readonly heads: ReactNode;
  readonly row: (one: T) => ReactNode;
}) {
  const items = itemsOf(query.data);
  return (
    <Loaded query={query} rows={6}>
      {() => (
        <Panel flush>
          {items.length === 0 ? (
            none
          ) : (
            <div className="scroll">
              <table className="plain">
                <thead>
                  <tr>{heads}</tr>
                </thead>
                <tbody>{items.map(row)}</tbody>
              </table>
            </div>
          )}
          <More of={query} />
        </Panel>
      )}
    </Loaded>
  );
}
