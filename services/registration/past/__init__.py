"""Past participations, from the spreadsheets of today: any layout, guessed and then confirmed."""
