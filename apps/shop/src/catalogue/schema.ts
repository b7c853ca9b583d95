import { z } from 'zod';
import { config } from '../config.ts';

export const ListQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(config.pageSize.max).default(config.pageSize.default),
  category: z.string().optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;

export const SearchQuery = z.object({ q: z.string().trim().min(1).max(100) });

const ProductSummary = z.object({ id: z.string(), name: z.string(), category: z.string(), price: z.int() });

export const ProductPage = z.object({
  items: z.array(ProductSummary),
  page: z.int(),
  pages: z.int(),
  total: z.int(),
});

export const ProductResponse = ProductSummary.extend({ description: z.string(), stock: z.int(), currency: z.string() });
export const SearchResponse = z.object({ query: z.string(), items: z.array(ProductSummary) });
