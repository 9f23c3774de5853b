/**
 * The words the page itself says: states, errors, short labels. What Aduan answers comes from the server;
 * fixed labels stand in templates/chat.html. One voice: warm, plain, short.
 */
const number = new Intl.NumberFormat("id-ID");

export const words = {
  connecting: "Menyambung lagi…",
  offline: "Sedang luring. Pesan dikirim begitu tersambung.",
  notKept: "Peramban ini tidak mengizinkan penyimpanan: obrolan hilang saat halaman ditutup.",
  waiting: "Menunggu terkirim",
  sent: "Terkirim",
  refused: "Pesan ini tidak dapat diterima.",
  citizen: "Anda:",
  aduan: "Aduan:",
  news: "Kabar baru",
  secret: "Simpan kode ini. Kode hanya diberikan sekali dan hanya ada di perangkat ini.",
  copy: (what) => `Salin ${what}`,
  copied: "Tersalin",
  choose: "Pilihan jawaban",
  photo: "Foto",
  photoAlt: "Foto yang Anda kirim",
  imageAlt: "Foto dari petugas",
  photoLost: "Fotonya sudah tidak ada di perangkat ini. Silakan pilih lagi.",
  photoUnreadable: "Berkas ini tidak dapat dibuka sebagai foto. Pilih foto lain, misalnya JPG atau PNG.",
  sendPhoto: "Kirim foto",
  sharePlace: "Bagikan lokasi",
  position: "Posisi saya sekarang",
  accuracy: (metres) => `Ketepatan sekitar ${metres} meter`,
  locating: "Mencari posisi Anda…",
  sendPosition: "Kirim posisi saya sekarang",
  positionDenied: "Izin lokasi belum diberikan. Tidak apa-apa, silakan pilih kelurahannya di bawah.",
  positionUnavailable: "Posisi Anda belum dapat ditemukan. Silakan pilih kelurahannya di bawah.",
  areasFailed: "Daftar kelurahan belum dapat dimuat. Coba lagi sebentar, atau tulis saja nama tempatnya.",
  areasFound: (count) => (count ? `${count} wilayah` : "Tidak ada yang cocok. Coba ejaan lain atau nama kecamatannya."),
  limit: (length, most) => `${number.format(length)} dari ${number.format(most)} karakter`,
  tooLong: (over) => `Terlalu panjang ${number.format(over)} karakter. Ringkas sedikit, atau kirim dalam dua pesan.`,
  eraseFailed: "Belum bisa dihapus karena sambungan terputus. Coba lagi sebentar.",
  today: "Hari ini",
  yesterday: "Kemarin",
  unread: (count, title) => `(${count}) ${title}`,
};
