import type { Product } from '../../catalogue/model.ts';

export const seedProducts = (): Product[] => [
  { id: 'prd_101', name: 'Oak desk lamp', description: 'Warm light, dimmable, oak foot', category: 'lighting', price: 4900 },
  { id: 'prd_102', name: 'Linen floor lamp', description: 'Tall lamp with a linen shade', category: 'lighting', price: 12900 },
  { id: 'prd_103', name: 'Pendant light', description: 'Hand-blown glass for the dining table', category: 'lighting', price: 8900 },
  { id: 'prd_104', name: 'Wool blanket', description: 'Woven from merino wool', category: 'textiles', price: 7900 },
  { id: 'prd_105', name: 'Linen cushion', description: 'Washed linen, with filling', category: 'textiles', price: 2900 },
  { id: 'prd_106', name: 'Cotton towel', description: 'Heavy cotton, quick to dry', category: 'textiles', price: 1900 },
  { id: 'prd_107', name: 'Stoneware mug', description: 'Glazed by hand, 300 ml', category: 'kitchen', price: 1400 },
  { id: 'prd_108', name: 'Cast iron pan', description: 'Pre-seasoned, 26 cm', category: 'kitchen', price: 5900 },
  { id: 'prd_109', name: 'Bread knife', description: 'Serrated steel, beech handle', category: 'kitchen', price: 3400 },
  { id: 'prd_110', name: 'Walnut board', description: 'Cutting board with a juice groove', category: 'kitchen', price: 4400 },
  { id: 'prd_111', name: 'Ash stool', description: 'Solid ash, stackable', category: 'furniture', price: 9900 },
  { id: 'prd_112', name: 'Side table', description: 'Oak, with a shelf for books', category: 'furniture', price: 14900 },
];

export const seedStock = (): Map<string, number> => new Map(seedProducts().map((product, index) => [product.id, 20 + index * 5]));
