// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/NameLists.h"

#include <QSet>
#include <QStringList>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

// clang-format off
// Common given names of several languages. Names that are also ordinary words, places or products (Mark, Will, Rose,
// May, Virginia, Jordan, Paris, Pascal, Ada, Ruby, …) are left out on purpose: a missed name is better than a wrong one.
constexpr const char16_t *kGivenNames =
    u"Aaron Abigail Abraham Adam Adrian Adriana Agnes Ahmed Ahmet Aidan Alain Alan Alastair Albert Alberto Alejandro Aleksandr Alessandro Alex Alexander Alexandra "
    u"Alexandre Alexis Alfred Alfredo Ali Alice Alicia Alison Allan Allen Amanda Amelia Amina Amir Amy Ana Anastasia Anders Andre André Andrea Andreas Andrei Andrés "
    u"Andrew Andrey Andy Angela Angelika Anita Anke Ann Anna Anne Annette Annie Anthony Antje Antoine Anton Antonia Antonio Aparna Ariel Arnold Arthur Arturo Astrid "
    u"Barbara Beatrice Beatriz Ben Benjamin Benoît Bernard Bernd Bernhard Bertrand Beth Betty Birgit Björn Bob Bogdan Boris Brandon Brenda Brian Brigitte Bruce Bruno Brooke "
    u"Carl Carla Carlo Carlos Carmen Carol Caroline Carolyn Catherine Cathy Cecilia Charles Chen Cheryl Chiara Chloe Chris Christa Christian Christiane Christina Christine Christof "
    u"Christoph Christophe Christopher Cindy Claire Clara Claudia Claus Clemens Colin Connie Constantin Cornelia Craig Cristina Cynthia Dan Daniel Daniela Daniele Danielle Danny Darren "
    u"Dave David Davide Deborah Denis Dennis Diana Diane Didier Diego Dieter Dietmar Dietrich Dimitri Dirk Dmitri Dmitry Dominic Dominik Dominique Don Donald Donna Dorothy Doug "
    u"Douglas Duncan Dylan Eduard Eduardo Edgar Edith Edmund Edward Edwin Eileen Elaine Elena Eleanor Eli Elias Elisabeth Elizabeth Elke Ellen Emanuel Emil Emilia Emily Emma Emmanuel "
    u"Enrico Enrique Eric Erica Erich Erik Erika Ernest Ernst Esther Ethan Eugene Eva Evelyn Fabian Fabio Fatima Federico Felipe Felix Fernando Filip Fiona Florian Frances Francesca "
    u"Francesco Francis Francisco Franco François Françoise Franz Fred Frederic Frédéric Frederick Friedrich Fritz Gabriel Gabriela Gabriele Gareth Gary Gaston Geoffrey Georg George "
    u"Georges Gerald Gerard Gérard Gerd Gerhard Gertrud Giancarlo Gianni Gilbert Gilles Giorgio Giovanni Giulia Giuseppe Gloria Gordon Graham Greg Gregory Gregor Guido Guillaume Guillermo "
    u"Günter Günther Gustav Guy Hannah Hannes Hans Harald Harold Harriet Harry Hassan Heather Hector Heidi Heike Heiko Heiner Heinrich Heinz Helen Helena Helga Helmut Hendrik Henri "
    u"Henrik Henry Herbert Hermann Hiroshi Holger Howard Hubert Hugh Hugo Huifen Ian Ibrahim Ignacio Igor Ingo Ingrid Irene Irina Isaac Isabel Isabelle Ismail Ivan Jacob Jacqueline Jacques "
    u"Jaime Jake Jakob James Jan Jane Janet Janice Jason Javier Jay Jean Jeff Jeffrey Jennifer Jens Jeremy Jerome Jérôme Jerry Jesse Jessica Jessie Jesús Jim Jimmy Joachim Joan Joanna Joanne Jochen "
    u"Joe Joel Johan Johann Johanna Johannes John Johnny Jon Jonas Jonathan Jorge José Josef Joseph Josephine Josh Joshua Joyce Juan Juana Judith Judy Jules Julian Juliane Julie Julien Jürgen "
    u"Julius Justin Jutta Kai Karen Karin Karina Karl Karsten Kate Katharina Katherine Kathleen Kathryn Kathy Katie Katja Katrin Kazuo Keith Ken Kenneth Kenji Kerstin Kevin Kim Klaus Konrad Konstantin "
    u"Kristen Kristin Kristina Kurt Kyle Larry Lars Laura Lauren Laurent Lawrence Lea Leila Lena Lennart Leo Leon Leonard Leonardo Leslie Lewis Liam Linda Linus Lisa Lois Lorenzo Lothar Louis Louise Luc Luca Lucas "
    u"Lucia Lucie Lucinda Ludwig Luigi Luis Luisa Lukas Luke Lydia Lynn Madeleine Magdalena Manfred Manuel Manuela Marc Marcel Marcello Marcia Marco Marcos Marcus Margaret Margarita Maria María Marianne "
    u"Marie Mario Marion Markus Marlene Marta Martha Martin Martina Marvin Mary Massimo Mathias Mathieu Matteo Matthew Matthias Matthieu Maurice Maurizio Mehmet Melanie Melissa Michael Michaela Michel "
    u"Michele Michelle Miguel Mikael Mikhail Mike Mildred Milena Ming Miriam Mohamed Mohammad Mohammed Monica Monika Monique Moritz Murray Mustafa Nadia Nancy Naomi Natalia Natalie Nathan Nathalie Neil Nelson "
    u"Niccolò Nicholas Nick Nicola Nicolas Nicole Niels Nigel Nikita Nikolai Nikolaus Nils Nina Noah Nora Norbert Norman Olaf Oleg Olga Oliver Olivia Olivier Omar Orlando Oscar Oskar Otto Pablo Pamela Paola Paolo Pascale "
    u"Patricia Patricio Patrick Paul Paula Paulo Pauline Pedro Peggy Penny Peter Petra Phil Philip Philipp Philippe Phillip Pierre Pieter Pietro Rachel Rafael Rainer Rajiv Ralf Ralph Ramón Randall Randy Raphael Raúl "
    u"Raymond Rebecca Regina Reiner Reinhard Renate Renato René Ricardo Riccardo Richard Rick Rita Robert Roberta Roberto Robin Rodrigo Roger Roland Rolf Roman Ron Ronald Rosa Ross Roy Rudolf Rupert Russell Ruth Ryan "
    u"Sabine Sally Salvatore Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sébastien Sebastian Sergei Sergey Sergio Seth Shannon Sharon Sheila Shirley Silvia Simon Simone Sofia Sonia Sonja Sophia Sophie Stacy Stanley "
    u"Stefan Stefania Stefanie Stefano Stella Stephan Stephanie Stephen Steve Steven Stuart Susan Susanne Suzanne Svetlana Sven Sylvia Tamara Tania Tanja Tara Tatiana Ted Teresa Terry Thea Theodor Theodore Theresa Thierry Thomas Thorsten "
    u"Tim Timothy Tina Tobias Todd Tom Tomas Tomasz Tommy Toni Tony Torsten Tracy Ulf Ulrich Ulrike Ursula Ute Uwe Valentin Valerie Valérie Vanessa Vera Verena Veronica Veronika Victor Vincent Vincenzo Viktor Vikram Vladimir Volker Walter "
    u"Waltraud Wang Wanda Warren Wendy Werner Wilhelm Willem William Willy Winston Wolfgang Xavier Yannick Yasmin Yolanda Yoshiko Yuki Yuri Yusuf Yves Yvonne Zachary Zhang Zoe "
    u"Александр Алексей Алина Анастасия Анатолий Андрей Анна Антон Борис Вадим Валентин Валерий Василий Виктор Виталий Владимир Владислав Вячеслав Галина Геннадий Георгий Григорий Дарья Денис Дмитрий Евгений Евгения Екатерина "
    u"Елена Иван Игорь Илья Ирина Кирилл Константин Лев Леонид Людмила Максим Мария Михаил Надежда Наталья Николай Олег Ольга Павел Пётр Петр Роман Светлана Сергей Станислав Степан Татьяна Фёдор Юлия Юрий Яков";

constexpr const char16_t *kHonorifics =
    u"mr mrs ms miss dr prof professor sir dame rev hon herr frau madame monsieur mme mlle señor señora sr sra dott signor signora doctor rep sen gov г-н г-жа господин госпожа проф доктор профессор академик";

constexpr const char16_t *kOffices =
    u"president senator congressman congresswoman chancellor governor minister judge pope representative ambassador mayor bundeskanzler bundeskanzlerin kanzler präsident ministerin président президент министр";

constexpr const char16_t *kParticles =
    u"van von de der den del della di da dos du la le ter ten bin ibn al el zu zur af av";

constexpr const char16_t *kPlaceWords =
    u"north south east west northern southern eastern western central new old upper lower great fort lake mount san santa saint port cape river bay beach island islands county city state states valley hill hills street road avenue "
    u"boulevard lane drive park square place highway bridge creek mountain mountains sea ocean coast harbor canyon plateau basin "
    u"alabama alaska arizona arkansas california carolina colorado connecticut dakota delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana "
    u"nebraska nevada hampshire jersey mexico york ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington wisconsin wyoming "
    u"america american africa african asia asian europe european australia canada china france germany india italy japan korea russia spain england ireland scotland wales britain brazil austria switzerland netherlands belgium sweden norway denmark finland poland "
    u"london paris berlin rome madrid moscow tokyo beijing francisco angeles diego antonio jose vegas orleans straße strasse platz allee weg";

constexpr const char16_t *kStrongOrganisations =
    u"university universities institute agency ministry commission committee corporation foundation association bureau council society consortium laboratory laboratories academy federation hospital museum parliament senate "
    u"department administration institution college organization organisation authority "
    u"universität hochschule institut ministerium bundesministerium landesministerium bundesamt landesamt bundesgerichtshof bundestag bundesrat gesellschaft akademie stiftung verband fachhochschule bundesbank bundesregierung "
    u"université ministère société académie fondation commissariat agence assemblée conseil "
    u"universidad ministerio instituto agencia fundación academia comisión consejo asociación sociedad "
    u"università ministero istituto agenzia fondazione accademia commissione consiglio società associazione "
    u"universidade ministério agência fundação comissão conselho associação sociedade "
    u"universiteit ministerie instituut stichting vereniging commissie";

constexpr const char16_t *kWeakOrganisations =
    u"group service services office board center centre school press bank union court survey branch congress company companies industries partners alliance league party "
    u"library observatory station house amt verein bank gericht behörde partei zentrum verlag klinikum";

constexpr const char16_t *kLegalForms =
    u"Inc Incorporated Ltd Limited LLC LLP PLC plc Corp GmbH mbH AG KG OHG UG e.V SpA S.p.A S.A S.L SARL B.V N.V Oy Oyj ApS A/S Pty Aktiengesellschaft";

constexpr const char16_t *kKnown =
    u"NASA ESA CERN NATO UNESCO UNICEF OECD OPEC IBM FBI CIA NSA DARPA EPA USGS NOAA NIST NIH USDA USEPA IEEE ACM IETF W3C CNRS INRIA Inria DLR DFG BMBF BBC CNN MIT ETH UCLA WTO ILO FAO IAEA BASF BMW SAP Siemens Bosch "
    u"Microsoft Google Amazon Facebook Netflix Intel Nvidia NVIDIA AMD Samsung Sony Toyota Honda Nissan Volkswagen Daimler Airbus Boeing Nokia Ericsson Cisco Oracle Canonical Mozilla Wikimedia Adobe Greenpeace Interpol Eurostat "
    u"Reuters Bloomberg Springer Elsevier Wiley SIGGRAPH";

constexpr const char16_t *kInnerAdjectives =
    u"national nationale nationaux royal royale supérieur supérieure général générale européen européenne français française central centrale fédéral fédérale public publique "
    u"nacional nacionales general autónoma politécnica real europea española federal central nazionale generale europea italiana superiore estadual europeia technische";
// clang-format on

QSet<QString> setOf(const char16_t *words)
{
    const QStringList list = QString::fromUtf16(words).split(u' ', Qt::SkipEmptyParts);
    return {list.begin(), list.end()};
}

bool endsWithOneOf(const QString &word, const QStringList &endings)
{
    return std::any_of(endings.begin(), endings.end(), [&](const QString &e) { return word.endsWith(e); });
}

} // namespace

bool isGivenName(const QString &word)
{
    static const QSet<QString> kNames = setOf(kGivenNames);
    return kNames.contains(word) || (word.contains(u'-') && kNames.contains(word.section(u'-', 0, 0)));
}

bool isHonorific(const QString &lower)
{
    static const QSet<QString> kWords = setOf(kHonorifics);
    return kWords.contains(lower);
}

bool isOffice(const QString &lower)
{
    static const QSet<QString> kWords = setOf(kOffices);
    return kWords.contains(lower);
}

bool isNameParticle(const QString &word)
{
    static const QSet<QString> kWords = setOf(kParticles);
    return kWords.contains(word);
}

bool isPlaceWord(const QString &lower)
{
    static const QSet<QString> kWords = setOf(kPlaceWords);
    return kWords.contains(lower);
}

OrganisationWord organisationWord(const QString &lower)
{
    static const QSet<QString> kStrong = setOf(kStrongOrganisations);
    static const QSet<QString> kWeak = setOf(kWeakOrganisations);
    if (kStrong.contains(lower))
        return OrganisationWord::Strong;
    if (kWeak.contains(lower))
        return OrganisationWord::Weak;
    return OrganisationWord::None;
}

bool isLegalForm(const QString &word)
{
    static const QSet<QString> kWords = setOf(kLegalForms);
    return kWords.contains(word);
}

bool isKnownOrganisation(const QString &word)
{
    static const QSet<QString> kWords = setOf(kKnown);
    return kWords.contains(word);
}

bool isInnerAdjective(const QString &lower)
{
    static const QSet<QString> kWords = setOf(kInnerAdjectives);
    return kWords.contains(lower);
}

bool hasRussianSurnameEnding(const QString &word)
{
    static const QStringList kEndings = {u"ов"_s,   u"ев"_s,  u"ёв"_s,   u"ин"_s,   u"ын"_s,   u"ова"_s,
                                         u"ева"_s,  u"ина"_s, u"ский"_s, u"цкий"_s, u"ская"_s, u"цкая"_s,
                                         u"енко"_s, u"чук"_s, u"дзе"_s,  u"швили"_s};
    return word.size() >= 4 && endsWithOneOf(word, kEndings);
}

bool isRussianPatronymic(const QString &word)
{
    static const QStringList kEndings = {u"ович"_s, u"евич"_s, u"овна"_s, u"евна"_s, u"ична"_s};
    return word.size() >= 6 && endsWithOneOf(word, kEndings);
}

} // namespace lectern::text
