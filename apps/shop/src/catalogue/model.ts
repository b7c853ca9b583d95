export interface Product {
  id: string;
  name: string;
  description: string;
  category: string;
  /** Net price in cents. */
  price: number;
}
