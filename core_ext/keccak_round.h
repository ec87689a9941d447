/* The round of Keccak-f[1600] (FIPS 202, 3.2), over any word: 64 bits, or a register of several 64-bit lanes.
   It is written once; who includes it says what LD_WORD, LD_XOR, LD_ANDN (not the first, and the second), LD_ROL,
   LD_ROL8 and LD_ROL56 are, and includes it again after #undef for another word. Words are named by plane and column:
   a23 is x = 3, y = 2. */

/* theta's column parities and effects, for the five planes below. */
#define LD_THETA(a)                                                                                                  \
    LD_WORD c0 = LD_XOR(LD_XOR(LD_XOR(a##00, a##10), LD_XOR(a##20, a##30)), a##40);                                  \
    LD_WORD c1 = LD_XOR(LD_XOR(LD_XOR(a##01, a##11), LD_XOR(a##21, a##31)), a##41);                                  \
    LD_WORD c2 = LD_XOR(LD_XOR(LD_XOR(a##02, a##12), LD_XOR(a##22, a##32)), a##42);                                  \
    LD_WORD c3 = LD_XOR(LD_XOR(LD_XOR(a##03, a##13), LD_XOR(a##23, a##33)), a##43);                                  \
    LD_WORD c4 = LD_XOR(LD_XOR(LD_XOR(a##04, a##14), LD_XOR(a##24, a##34)), a##44);                                  \
    LD_WORD d0 = LD_XOR(c4, LD_ROL(c1, 1)), d1 = LD_XOR(c0, LD_ROL(c2, 1)), d2 = LD_XOR(c1, LD_ROL(c3, 1)),          \
            d3 = LD_XOR(c2, LD_ROL(c4, 1)), d4 = LD_XOR(c3, LD_ROL(c0, 1))

/* chi on one plane. */
#define LD_CHI(e, y, b0, b1, b2, b3, b4)                                                                             \
    do {                                                                                                             \
        LD_WORD x0 = b0, x1 = b1, x2 = b2, x3 = b3, x4 = b4;                                                         \
        e##y##0 = LD_XOR(x0, LD_ANDN(x1, x2));                                                                       \
        e##y##1 = LD_XOR(x1, LD_ANDN(x2, x3));                                                                       \
        e##y##2 = LD_XOR(x2, LD_ANDN(x3, x4));                                                                       \
        e##y##3 = LD_XOR(x3, LD_ANDN(x4, x0));                                                                       \
        e##y##4 = LD_XOR(x4, LD_ANDN(x0, x1));                                                                       \
    } while (0)

/* One round from the words of `a` to those of `e`: theta, rho and pi in the arguments, chi, iota. */
#define LD_ROUND(a, e, constant)                                                                                     \
    do {                                                                                                             \
        LD_THETA(a);                                                                                                 \
        LD_CHI(e, 0, LD_XOR(a##00, d0), LD_ROL(LD_XOR(a##11, d1), 44), LD_ROL(LD_XOR(a##22, d2), 43),                \
               LD_ROL(LD_XOR(a##33, d3), 21), LD_ROL(LD_XOR(a##44, d4), 14));                                        \
        e##00 = LD_XOR(e##00, constant);                                                                             \
        LD_CHI(e, 1, LD_ROL(LD_XOR(a##03, d3), 28), LD_ROL(LD_XOR(a##14, d4), 20), LD_ROL(LD_XOR(a##20, d0), 3),     \
               LD_ROL(LD_XOR(a##31, d1), 45), LD_ROL(LD_XOR(a##42, d2), 61));                                        \
        LD_CHI(e, 2, LD_ROL(LD_XOR(a##01, d1), 1), LD_ROL(LD_XOR(a##12, d2), 6), LD_ROL(LD_XOR(a##23, d3), 25),      \
               LD_ROL8(LD_XOR(a##34, d4)), LD_ROL(LD_XOR(a##40, d0), 18));                                           \
        LD_CHI(e, 3, LD_ROL(LD_XOR(a##04, d4), 27), LD_ROL(LD_XOR(a##10, d0), 36), LD_ROL(LD_XOR(a##21, d1), 10),    \
               LD_ROL(LD_XOR(a##32, d2), 15), LD_ROL56(LD_XOR(a##43, d3)));                                          \
        LD_CHI(e, 4, LD_ROL(LD_XOR(a##02, d2), 62), LD_ROL(LD_XOR(a##13, d3), 55), LD_ROL(LD_XOR(a##24, d4), 39),    \
               LD_ROL(LD_XOR(a##30, d0), 41), LD_ROL(LD_XOR(a##41, d1), 2));                                         \
    } while (0)

/* The whole permutation on words that LD_LOAD(i) gives and LD_STORE(i, word) takes back, i = 5y + x. */
#define LD_PERMUTE(LD_CONSTANT)                                                                                      \
    do {                                                                                                             \
        LD_WORD a00 = LD_LOAD(0), a01 = LD_LOAD(1), a02 = LD_LOAD(2), a03 = LD_LOAD(3), a04 = LD_LOAD(4);            \
        LD_WORD a10 = LD_LOAD(5), a11 = LD_LOAD(6), a12 = LD_LOAD(7), a13 = LD_LOAD(8), a14 = LD_LOAD(9);            \
        LD_WORD a20 = LD_LOAD(10), a21 = LD_LOAD(11), a22 = LD_LOAD(12), a23 = LD_LOAD(13), a24 = LD_LOAD(14);       \
        LD_WORD a30 = LD_LOAD(15), a31 = LD_LOAD(16), a32 = LD_LOAD(17), a33 = LD_LOAD(18), a34 = LD_LOAD(19);       \
        LD_WORD a40 = LD_LOAD(20), a41 = LD_LOAD(21), a42 = LD_LOAD(22), a43 = LD_LOAD(23), a44 = LD_LOAD(24);       \
        LD_WORD e00, e01, e02, e03, e04;                                                                             \
        LD_WORD e10, e11, e12, e13, e14;                                                                             \
        LD_WORD e20, e21, e22, e23, e24;                                                                             \
        LD_WORD e30, e31, e32, e33, e34;                                                                             \
        LD_WORD e40, e41, e42, e43, e44;                                                                             \
        for (int round = 0; round < 24; round += 2) {                                                                \
            LD_ROUND(a, e, LD_CONSTANT(round));                                                                      \
            LD_ROUND(e, a, LD_CONSTANT(round + 1));                                                                  \
        }                                                                                                            \
        LD_STORE(0, a00), LD_STORE(1, a01), LD_STORE(2, a02), LD_STORE(3, a03), LD_STORE(4, a04);                    \
        LD_STORE(5, a10), LD_STORE(6, a11), LD_STORE(7, a12), LD_STORE(8, a13), LD_STORE(9, a14);                    \
        LD_STORE(10, a20), LD_STORE(11, a21), LD_STORE(12, a22), LD_STORE(13, a23), LD_STORE(14, a24);               \
        LD_STORE(15, a30), LD_STORE(16, a31), LD_STORE(17, a32), LD_STORE(18, a33), LD_STORE(19, a34);               \
        LD_STORE(20, a40), LD_STORE(21, a41), LD_STORE(22, a42), LD_STORE(23, a43), LD_STORE(24, a44);               \
    } while (0)
