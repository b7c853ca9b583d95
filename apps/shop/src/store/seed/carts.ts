import type { Cart } from '../../cart/model.ts';

export const seedCarts = (): Cart[] => [
  {
    id: 'cart_1001',
    lines: [
      { productId: 'prd_101', name: 'Oak desk lamp', unitPrice: 4900, quantity: 1 },
      { productId: 'prd_107', name: 'Stoneware mug', unitPrice: 1400, quantity: 4 },
    ],
    orderId: null,
  },
  {
    id: 'cart_1002',
    lines: [{ productId: 'prd_104', name: 'Wool blanket', unitPrice: 7900, quantity: 2 }],
    orderId: null,
  },
  { id: 'cart_1003', lines: [], orderId: null },
];
